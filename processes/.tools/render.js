// Draws every model of processes/ and its examples as an SVG beside it. The SVG names the SHA-256 of the model that
// it shows, so that the build notices a picture that has been forgotten.
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const FOLDERS = [path.join(__dirname, '..'), path.join(__dirname, '..', 'examples')];
const BROWSERS = [
  process.env.CHROME,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

async function main() {
  const executablePath = BROWSERS.find((file) => file && fs.existsSync(file));
  if (!executablePath) {
    throw new Error('No Chromium or Chrome found: set CHROME to its executable');
  }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    for (const folder of FOLDERS) {
      for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.bpmn'))) {
        await render(browser, path.join(folder, file));
      }
    }
  } finally {
    await browser.close();
  }
}

async function render(browser, file) {
  const model = fs.readFileSync(file);
  const page = await browser.newPage();
  await page.setContent('<div id="canvas" style="width: 2400px; height: 1200px"></div>');
  await page.addScriptTag({ path: require.resolve('bpmn-js/dist/bpmn-viewer.production.min.js') });
  const { svg, warnings } = await page.evaluate(draw, model.toString('utf8'));
  await page.close();
  if (warnings.length > 0) {
    throw new Error(`${path.basename(file)}: ${warnings.join('; ')}`);
  }
  const picture = file.replace(/\.bpmn$/, '.svg');
  fs.writeFileSync(picture, finish(svg, file, model));
  console.log(path.relative(process.cwd(), picture));
}

/** Runs in the browser. */
async function draw(xml) {
  const viewer = new BpmnJS({ container: '#canvas' });
  const imported = await viewer.importXML(xml);
  const { svg } = await viewer.saveSVG();
  return { svg, warnings: imported.warnings.map((warning) => warning.message) };
}

/** Adds what a page needs: the model's hash, a margin, a white ground, ids that stay the same. */
function finish(svg, file, model) {
  const margin = 20;
  const [, x, y, width, height] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(svg).map(Number);
  const box = [x - margin, y - margin, width + 2 * margin, height + 2 * margin].map(Math.round);
  const name = path.basename(file);
  const hash = crypto.createHash('sha256').update(model).digest('hex');
  const open =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${box[2]}" height="${box[3]}" viewBox="${box.join(' ')}" role="img">` +
    `<title>The process ${path.basename(file, '.bpmn')}</title>` +
    `<metadata>${name} sha256:${hash}</metadata>` +
    `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" fill="#fff"/>`;
  const drawing = svg
    .slice(svg.indexOf('<svg'))
    .replace(/<svg[^>]*>/, open)
    .replace(/<(rect|path|polyline) [^>]*class="djs-hit[^>]*\/>/g, '')
    .replace(/<g class="djs-group">/g, '\n$&');
  return stableIds(drawing).trim() + '\n';
}

function stableIds(svg) {
  const ids = [...svg.matchAll(/<marker id="([^"]+)"/g)].map((match) => match[1]);
  return ids.reduce((text, id, index) => text.replaceAll(id, `marker-${index + 1}`), svg);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
