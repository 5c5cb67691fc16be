// Looks at HTML reports as a reader's browser does: node check.mjs PAGE... --out FOLDER
// Asks of each page, light and dark: no accessibility violation, charts that stand out, nothing wider than a phone of
// 360 pixels, keys that go everywhere with a ring in sight, nothing loaded, nothing refused by the page's own policy, and a
// PDF of A4 pages. Leaves pictures and PDFs
// in FOLDER.
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

const require = createRequire(join(process.cwd(), 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const args = process.argv.slice(2);
const at = args.indexOf('--out');
const out = resolve(args[at + 1]);
const pages = args.filter((_, i) => i !== at && i !== at + 1);
const failures = [];
let checks = 0;

function expect(page, what, holds, detail = '') {
  checks++;
  if (!holds) failures.push(`${basename(page)}: ${what}${detail ? `: ${detail}` : ''}`);
}

const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

async function open(browser, file, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = { requests: [], complaints: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('console', (message) => seen.complaints.push(message.text()));
  page.on('pageerror', (error) => seen.complaints.push(String(error)));
  await page.goto(pathToFileURL(file).href);
  return { context, page, seen };
}

async function checkAccessible(browser, file, colorScheme) {
  const { context, page } = await open(browser, file,
    { colorScheme, bypassCSP: true, viewport: { width: 1100, height: 900 } });
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations', 'incomplete'] }));
  const told = result.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)}`);
  expect(file, `accessibility, ${colorScheme}`, told.length === 0, told.join('; '));
  // axe does not judge letters in pictures, which checkContrast does, nor single marks.
  const single = (n) => n.any.some((a) => ['shortTextContent', 'nonBmp'].includes(a.data?.messageKey));
  const unsure = result.incomplete.flatMap((v) => v.nodes.filter((n) => !n.html.startsWith('<text') && !single(n))
    .map((n) => `${v.id}: ${n.html.slice(0, 160)}`));
  expect(file, `accessibility is certain, ${colorScheme}`, unsure.length === 0, unsure.slice(0, 3).join('; '));
  expect(file, `accessibility rules were run, ${colorScheme}`, result.passes.length > 15, String(result.passes.length));
  await checkContrast(page, file, colorScheme);
  await page.screenshot({ path: join(out, `${basename(file, '.html')}-${colorScheme}.png`), fullPage: true });
  await context.close();
}

// WCAG 2: letters of a chart 4.5 to 1 against the page, its shapes 3 to 1.
async function checkContrast(page, file, colorScheme) {
  const weak = await page.evaluate(() => {
    const channels = (colour) => (colour.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
    const light = (colour) => channels(colour).map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    const paper = getComputedStyle(document.body).backgroundColor;
    const told = (e, colour, least) => (ratio(colour, paper) < least
      ? [`${e.tagName}.${e.getAttribute('class')} ${colour} on ${paper}`] : []);
    return [...document.querySelectorAll('svg text')].flatMap((e) => told(e, getComputedStyle(e).fill, 4.5)).concat(
      [...document.querySelectorAll('svg .bar, svg .dot')].flatMap((e) => told(e, getComputedStyle(e).fill, 3)),
      [...document.querySelectorAll('svg .curve, svg .rest, svg.map path:not(.cross), svg.map circle:not(.end)')].flatMap((e) => told(e, getComputedStyle(e).stroke, 3)));
  });
  expect(file, `charts stand out, ${colorScheme}`, weak.length === 0, weak.slice(0, 3).join('; '));
}

async function checkWidth(browser, file, width) {
  const { context, page } = await open(browser, file, { viewport: { width, height: 740 } });
  const found = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const inScroller = (e) => e.closest('.wide') !== null;
    const wide = [...document.body.querySelectorAll('*')]
      .filter((e) => !inScroller(e) && !e.closest('.skip') && e.getBoundingClientRect().right > limit + 0.5)
      .map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 40)}`);
    const small = [...document.querySelectorAll('svg text')].filter((e) => getComputedStyle(e).display !== 'none' &&
      e.getBoundingClientRect().height > 0 && parseFloat(getComputedStyle(e).fontSize) < 11.5).length;
    const over = [...document.querySelectorAll('svg.bars')].flatMap((svg) => {
      const texts = [...svg.querySelectorAll('text')].map((t) => ({ box: t.getBoundingClientRect(), text: t.textContent }));
      return texts.flatMap((a, i) => texts.slice(i + 1).filter((b) => a.box.left < b.box.right && b.box.left < a.box.right &&
        a.box.top + 4 < b.box.bottom && b.box.top + 4 < a.box.bottom).map((b) => `${a.text} | ${b.text}`));
    });
    return { limit, scroll: document.documentElement.scrollWidth, wide, small, over };
  });
  expect(file, `names and figures of bars keep apart at ${width} pixels`, found.over.length === 0, found.over.slice(0, 3).join('; '));
  expect(file, `fits ${width} pixels`, found.scroll <= width && found.wide.length === 0,
    `${found.scroll} pixels wide; ${found.wide.slice(0, 3).join('; ')}`);
  expect(file, `chart letters can be read at ${width} pixels`, found.small === 0, String(found.small));
  if (width === 360) await page.screenshot({ path: join(out, `${basename(file, '.html')}-360.png`), fullPage: true });
  await context.close();
}

// What has the focus: where it stands among all that can have it, whether it is in sight, and how well its ring stands out.
const focused = () => {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
  const light = (colour) => channels(colour).map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const e = document.activeElement;
  if (e === document.body || e === null) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const ring = light(style.outlineColor), paper = light(getComputedStyle(document.body).backgroundColor);
  return {
    at: [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter((x) => x.checkVisibility()).indexOf(e),
    name: `${e.tagName} ${e.textContent.trim().slice(0, 30)}`,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      ? (Math.max(ring, paper) + 0.05) / (Math.min(ring, paper) + 0.05) : 0,
  };
};

// WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7: the tabulator key goes through all that can be used, in the order of the page, in sight, with
// a ring of 3 to 1, and out again; links, folded parts and tables that are too wide answer to keys.
async function checkKeyboard(browser, file, colorScheme) {
  const { context, page } = await open(browser, file, { colorScheme, viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' });
  const n = await page.evaluate(() => [...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
    .filter((x) => x.checkVisibility()).length);
  const wrong = [];
  for (let i = 0; i < n; i++) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(focused);
    if (now === null || now.at !== i || !now.seen || now.ring < 3) wrong.push(`${i}: ${JSON.stringify(now)}`);
  }
  expect(file, `keys go everywhere in order, in sight, ${colorScheme}`, wrong.length === 0, `${n}; ${wrong.slice(0, 3).join('; ')}`);
  await page.keyboard.press('Tab');
  expect(file, `keys leave the page, ${colorScheme}`, (await page.evaluate(focused)) === null);
  if (colorScheme === 'light') {
    await checkKeyedLinks(page, file);
    await checkKeyedParts(page, file);
  }
  await context.close();
}

// Scrolling is at once where motion is reduced.
async function checkKeyedLinks(page, file) {
  for (const link of await page.locator('.skip, .contents a, .points a, .notes a').all()) {
    const target = (await link.getAttribute('href')).slice(1);
    await link.focus();
    await page.keyboard.press('Enter');
    const found = await page.evaluate((id) => {
      const box = document.getElementById(id)?.getBoundingClientRect();
      return { hash: decodeURIComponent(location.hash.slice(1)), seen: box !== undefined && box.top < innerHeight && box.bottom >= 0 };
    }, target);
    expect(file, `the link to ${target} leads there`, found.hash === target && found.seen, JSON.stringify(found));
  }
}

async function checkKeyedParts(page, file) {
  for (const summary of await page.locator('summary').all()) {
    const folded = () => summary.evaluate((e) => e.parentElement.open);
    await summary.focus();
    await page.keyboard.press('Enter');
    const opened = await folded();
    await page.keyboard.press(' ');
    expect(file, 'a folded part opens and closes', opened && !(await folded()), await summary.textContent());
  }
  for (const wide of await page.locator('.wide').all()) {
    if (await wide.evaluate((e) => e.scrollWidth > e.clientWidth + 1 && e.checkVisibility())) {
      await wide.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(50);
      expect(file, 'a wide table moves', await wide.evaluate((e) => e.scrollLeft > 0), await wide.evaluate((e) => e.getAttribute('aria-labelledby')));
    }
  }
}

async function checkClosed(browser, file) {
  const { context, page, seen } = await open(browser, file, {});
  const active = await page.evaluate(() => document.querySelectorAll(
    'script:not([type="application/ld+json"]), iframe, object, embed, link, form, base, img').length +
    [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => /^on|^style$/i.test(a.name) ||
      /^\s*javascript:/i.test(a.value))).length);
  expect(file, 'loads nothing but itself', seen.requests.length === 1, seen.requests.join(' '));
  expect(file, 'keeps its own policy', seen.complaints.length === 0, seen.complaints.join('; '));
  expect(file, 'has nothing that acts', active === 0, String(active));
  expect(file, 'is styled', await page.evaluate(() => getComputedStyle(document.body).maxWidth !== '' &&
    getComputedStyle(document.querySelector('h1')).fontWeight !== '400'));
  await context.close();
}

async function checkPrint(browser, file) {
  const { context, page } = await open(browser, file, {});
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false });
  const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)];
  writeFileSync(join(out, `${basename(file, '.html')}.pdf`), pdf);
  expect(file, 'prints', boxes.length >= 1, 'no page in the PDF');
  if (/-one\b/.test(basename(file))) expect(file, 'prints on one page', boxes.length === 1, String(boxes.length));
  expect(file, 'prints on A4', boxes.every((b) => Math.abs(b[1] - 595) < 2 && Math.abs(b[2] - 842) < 2),
    boxes.map((b) => `${b[1]} x ${b[2]}`).join(', '));
  await context.close();
}

// Whole reports and single pages of every kind, each in one language: what keys reach is the same in all.
const keyed = (file) => ['report.ru', 'mapped-all.kk', 'mapped-one.en', 'kazakhstan-2024-Q2.en', 'kazakhstan-2024-q2-one.ru',
  'examplia-round-7-all.kk', 'examplia-round-7-one.en', 'households-all.ru', 'households-one.kk'].includes(basename(file, '.html'));

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.MTM_CHROMIUM ?? '/usr/bin/chromium',
  chromiumSandbox: false, args: quiet });
try {
  for (const file of pages.map((p) => resolve(p))) {
    await checkClosed(browser, file);
    for (const scheme of ['light', 'dark']) {
      await checkAccessible(browser, file, scheme);
      if (keyed(file)) await checkKeyboard(browser, file, scheme);
    }
    for (const width of [360, 800]) await checkWidth(browser, file, width);
    await checkPrint(browser, file);
  }
} finally {
  await browser.close();
}
failures.forEach((f) => console.log(f));
console.log(`${checks - failures.length} passed, ${failures.length} failed`);
process.exit(failures.length > 0 || checks === 0 ? 1 : 0);
