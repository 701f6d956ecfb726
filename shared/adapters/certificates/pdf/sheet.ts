/**
 * The sheet of a certificate: A4 with a double border, fonts of ours, and nothing in it that differs from print to print. The prints
 * of a review stand on the same sheet without the border.
 */
import PDFDocument from 'pdfkit';

export interface Fonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

export const colours = { ink: '#1d1d1f', soft: '#55595f', line: '#8c8f94', frame: '#8f1d22' } as const;

/** Points from the edge of the paper. */
export const inside = { left: 58, right: 58, top: 62, bottom: 56 } as const;

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly align?: 'left' | 'center' | 'right' | 'justify';
  readonly spacing?: number;
  readonly lineGap?: number;
  readonly indent?: number;
}

export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  /** Where the next thing goes, in points from the top. */
  y: number = inside.top;
  readonly #done: Promise<Uint8Array>;
  readonly #has: Readonly<Record<'regular' | 'bold', (sign: string) => boolean>>;

  readonly #framed: boolean;

  constructor(
    fonts: Fonts,
    about: { readonly title: string; readonly author: string; readonly at: Date; readonly framed?: false },
  ) {
    this.#framed = about.framed ?? true;
    this.doc = new PDFDocument({
      size: 'A4',
      margins: { top: 0, bottom: 0, left: 0, right: 0 },
      bufferPages: true,
      // Deflate gives other bytes on other processors: as it is, a print made on one can be compared on any.
      compress: false,
      font: null as unknown as string,
      lang: 'zh-CN',
      displayTitle: true,
      info: {
        Title: about.title,
        Author: about.author,
        Creator: '安居',
        Producer: '安居',
        CreationDate: about.at,
        ModDate: about.at,
      },
    });
    this.doc.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
    this.#done = bytesOf(this.doc);
    this.#has = { regular: this.#signsOf('regular'), bold: this.#signsOf('bold') };
    this.#frame();
  }

  get width(): number {
    return this.doc.page.width - inside.left - inside.right;
  }

  get bottom(): number {
    return this.doc.page.height - inside.bottom;
  }

  newPage(): void {
    this.doc.addPage();
    this.y = inside.top;
    this.#frame();
  }

  /** Writes within a box, and says how high it came. A sign that the font lacks is printed as 〓. */
  write(text: string, x: number, y: number, width: number, style: TextStyle): number {
    const { align = 'left', colour = colours.ink } = style;
    const drawn = this.#styled(text, style);
    const height = this.heightOf(text, width, style);
    this.doc.fillColor(colour).text(drawn, x, y, { width, align, ...spaced(style) });
    return height;
  }

  heightOf(text: string, width: number, style: TextStyle): number {
    return this.doc.heightOfString(this.#styled(text, style), { width, ...spaced(style) });
  }

  widthOf(text: string, style: TextStyle): number {
    return this.doc.widthOfString(this.#styled(text, style), { characterSpacing: style.spacing ?? 0 });
  }

  /** The longest beginning of a text that stands within a box; all of it when it does, and one sign at least. */
  fitting(text: string, width: number, height: number, style: TextStyle): string {
    if (this.heightOf(text, width, style) <= height) return text;
    const signs = [...text];
    let [fits, tooLong] = [1, signs.length];
    while (tooLong - fits > 1) {
      const middle = Math.floor((fits + tooLong) / 2);
      const stands = this.heightOf(signs.slice(0, middle).join(''), width, style) <= height;
      [fits, tooLong] = stands ? [middle, tooLong] : [fits, middle];
    }
    return signs.slice(0, fits).join('');
  }

  rule(from: readonly [number, number], to: readonly [number, number], width = 0.6): void {
    this.doc
      .moveTo(...from)
      .lineTo(...to)
      .lineWidth(width)
      .strokeColor(colours.line)
      .stroke();
  }

  /** @param on how many pages there are is known at the end */
  async finish(on: (page: number, of: number) => void): Promise<Uint8Array> {
    const { start, count } = this.doc.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.doc.switchToPage(start + index);
      on(index + 1, count);
    }
    this.doc.end();
    return this.#done;
  }

  #styled(text: string, { size, bold = false }: TextStyle): string {
    const name = bold ? 'bold' : 'regular';
    this.doc.font(name).fontSize(size);
    return [...text].map((sign) => (sign === '\n' || this.#has[name](sign) ? sign : '〓')).join('');
  }

  /** A heavy line outside, a fine one inside, a small square on each corner. */
  #frame(): void {
    if (!this.#framed) return;
    const { width, height } = this.doc.page;
    const box = (margin: number, line: number): void => {
      this.doc
        .rect(margin, margin, width - 2 * margin, height - 2 * margin)
        .lineWidth(line)
        .strokeColor(colours.frame)
        .stroke();
    };
    box(28, 3);
    box(35, 0.8);
    const side = 9;
    for (const x of [35, width - 35 - side])
      for (const y of [35, height - 35 - side])
        this.doc.rect(x, y, side, side).lineWidth(0.8).strokeColor(colours.frame).stroke();
  }

  #signsOf(name: 'regular' | 'bold'): (sign: string) => boolean {
    const { _font: font } = this.doc.font(name) as unknown as {
      _font: { font: { hasGlyphForCodePoint(point: number): boolean } };
    };
    return (sign) => font.font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0);
  }
}

function spaced({ size, spacing = 0, lineGap = size * 0.3, indent = 0 }: TextStyle) {
  return { characterSpacing: spacing, lineGap, indent };
}

function bytesOf(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => {
      resolve(new Uint8Array(Buffer.concat(chunks)));
    });
    doc.on('error', reject);
  });
}
