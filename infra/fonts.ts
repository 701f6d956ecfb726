/**
 * The fonts of the reports: Noto Sans SC (OFL), cut down to what Chinese papers use (GBK, with the rare signs of names), as
 * TrueType, because PDF tools print nothing from web fonts. Made once for a font package, then found in the cache.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const fonts = path.join(root, 'node_modules', '@expo-google-fonts', 'noto-sans-sc');
const cache = path.join(root, 'node_modules', '.cache', 'anju-fonts');

const weights = {
  'regular.ttf': '400Regular/NotoSansSC_400Regular.ttf',
  'bold.ttf': '700Bold/NotoSansSC_700Bold.ttf',
} as const;

/** Puts the fonts into a folder, made first if they never were. */
export async function putFonts(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, source] of Object.entries(weights)) {
    await copyFile(await fontFor(path.join(fonts, source)), path.join(folder, name));
  }
}

async function fontFor(source: string): Promise<string> {
  const whole = await readFile(source);
  const signs = signsOfGbk();
  const hash = createHash('sha256').update(whole).update(signs).digest('hex').slice(0, 16);
  const made = path.join(cache, `${hash}.ttf`);
  if (await isThere(made)) return made;
  const { default: subsetFont } = await import('subset-font');
  const subset = await subsetFont(whole, signs, { targetFormat: 'truetype' });
  await mkdir(cache, { recursive: true });
  // Whole or not at all: two builds may make it at once.
  const begun = `${made}.${process.pid}`;
  await writeFile(begun, subset);
  await rename(begun, made);
  return made;
}

async function isThere(file: string): Promise<boolean> {
  return readFile(file).then(
    ({ length }) => length > 0,
    () => false,
  );
}

/** Every character that GBK can spell, with those of ASCII and some signs that people write. */
export function signsOfGbk(): string {
  const decoder = new TextDecoder('gb18030');
  const signs = new Set('\u00A0£¥§©°±·×÷€™✓✔☐☑√〓\u2011−');
  for (let code = 32; code < 127; code += 1) signs.add(String.fromCharCode(code));
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      const sign = second === 0x7f ? '' : decoder.decode(new Uint8Array([first, second]));
      if ([...sign].length === 1 && sign !== '\uFFFD') signs.add(sign);
    }
  }
  return [...signs].join('');
}
