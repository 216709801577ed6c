import js from '@eslint/js';
import globals from 'globals';

const rules = {
  ...js.configs.recommended.rules,
  eqeqeq: 'error',
  'no-shadow': 'error',
  'no-unused-expressions': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  // text is checked for control characters
  'no-control-regex': 'off',
};

export default [
  { ignores: ['**/node_modules/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    // each file is a function of its own with one argument, see start-signing.html
    files: ['**/forms/**/signing-*.js'],
    languageOptions: { sourceType: 'script', globals: { ...globals.browser, signing: 'readonly' } },
    rules: {
      ...rules,
      // ranges of characters that modify the one before
      'no-misleading-character-class': 'off',
    },
  },
  {
    files: ['**/plugin-webapp/**/*.js', '**/sandbox/*.js'],
    languageOptions: { sourceType: 'module', globals: globals.browser },
    rules,
  },
  {
    files: ['**/.tools/**/*.js'],
    languageOptions: { globals: globals.node },
    rules,
  },
  {
    // part of it runs in a browser
    files: ['processes/.tools/render.js'],
    languageOptions: { globals: { ...globals.browser, BpmnJS: 'readonly' } },
  },
];
