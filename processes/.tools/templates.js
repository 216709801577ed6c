// Checks the element templates against the schema of Camunda Modeler.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { validate } = require('@bpmn-io/element-templates-validator');

const TEMPLATES = path.join(__dirname, '..', '..', '.camunda', 'element-templates');

for (const name of fs.readdirSync(TEMPLATES)) {
  const { errors, warnings } = validate(JSON.parse(fs.readFileSync(path.join(TEMPLATES, name), 'utf8')));
  for (const { message } of [...(errors || []), ...(warnings || [])]) {
    console.error(`${name}: ${message}`);
    process.exitCode = 1;
  }
}
