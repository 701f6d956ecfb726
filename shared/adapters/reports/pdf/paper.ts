/** An A4 paper in the sober style of a Chinese official report: headings, paragraphs, a running head, page numbers. */
import PDFDocument from 'pdfkit';

export interface Fonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

export const colours = {
  ink: '#1f2328',
  soft: '#5c6670',
  line: '#c4cbd3',
  faint: '#f1f4f7',
  accent: '#1f4e79',
  warn: '#a4262c',
} as const;

export const margins = { left: 62, right: 62, top: 78, bottom: 66 } as const;

interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly align?: 'left' | 'center' | 'right' | 'justify';
}

export class Paper {
  readonly doc: PDFKit.PDFDocument;
  /** Where the next thing goes, in points from the top of the page. */
  y: number = margins.top;
  readonly #fonts: { readonly regular: FontSigns; readonly bold: FontSigns };
  readonly #done: Promise<Uint8Array>;

  constructor(fonts: Fonts, about: { readonly title: string; readonly at: string }) {
    this.doc = new PDFDocument({
      size: 'A4',
      margins: { ...margins },
      bufferPages: true,
      // None yet: the library would look for one of its own, and would open ours anew at every change of font.
      font: null as unknown as string,
      lang: 'zh-CN',
      displayTitle: true,
      info: {
        Title: about.title,
        Author: '内蒙古自治区住房和城乡建设厅',
        Creator: '安居',
        Producer: '安居',
        // Not the time of the printing: the same result makes the same bytes.
        CreationDate: new Date(about.at),
        ModDate: new Date(about.at),
      },
    });
    this.doc.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
    this.#done = bytesOf(this.doc);
    this.#fonts = { regular: this.#signsOf('regular'), bold: this.#signsOf('bold') };
  }

  get width(): number {
    return this.doc.page.width - margins.left - margins.right;
  }

  get bottom(): number {
    return this.doc.page.height - margins.bottom;
  }

  /** A sign that the font does not have is printed as 〓, as printers do: never as nothing. */
  drawable(text: string, bold = false): string {
    const { has } = bold ? this.#fonts.bold : this.#fonts.regular;
    return [...text].map((sign) => (sign === '\n' || has(sign) ? sign : '〓')).join('');
  }

  /** Begins a new page unless so much room is left. */
  need(height: number): void {
    if (this.y + height > this.bottom) this.newPage();
  }

  newPage(): void {
    this.doc.addPage();
    this.y = margins.top;
  }

  gap(points: number): void {
    this.y += points;
  }

  /** A heading stays with what follows it. */
  chapter(text: string, keep = 120): void {
    this.need(keep);
    if (this.y > margins.top) this.gap(12);
    this.write(text, { size: 15, bold: true, colour: colours.accent });
    this.gap(7);
  }

  section(text: string, keep = 90): void {
    this.need(keep);
    if (this.y > margins.top) this.gap(7);
    this.write(text, { size: 11.5, bold: true });
    this.gap(4);
  }

  /** With the indent of two characters that Chinese paragraphs have. */
  paragraph(text: string): void {
    const size = 10.5;
    this.need(36);
    this.write(text, { size, align: 'justify' }, size * 2);
    this.gap(5);
  }

  note(text: string): void {
    this.need(20);
    this.write(text, { size: 8.5, colour: colours.soft });
    this.gap(4);
  }

  write(text: string, style: TextStyle = {}, indent = 0): void {
    const { size = 10.5, bold = false, colour = colours.ink, align = 'left' } = style;
    this.doc
      .font(bold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(colour);
    this.doc.text(this.drawable(text, bold), margins.left, this.y, {
      width: this.width,
      align,
      indent,
      lineGap: size * 0.5,
    });
    this.y = this.doc.y;
  }

  /** Numbers the pages, and closes. The cover carries neither head nor number. */
  async finish(head: string): Promise<Uint8Array> {
    const { start, count } = this.doc.bufferedPageRange();
    for (let index = 1; index < count; index += 1) {
      this.doc.switchToPage(start + index);
      this.doc.page.margins = { top: 0, bottom: 0, left: 0, right: 0 };
      const { width, height } = this.doc.page;
      this.doc.font('regular').fontSize(8.5).fillColor(colours.soft);
      this.doc.text(this.drawable(head), margins.left, 42, { lineBreak: false });
      this.doc
        .moveTo(margins.left, 58)
        .lineTo(width - margins.right, 58)
        .lineWidth(0.5)
        .strokeColor(colours.line)
        .stroke();
      this.doc.text(`第 ${index} 页　共 ${count - 1} 页`, margins.left, height - 44, {
        width: this.width,
        align: 'center',
        lineBreak: false,
      });
    }
    this.doc.end();
    return this.#done;
  }

  #signsOf(name: 'regular' | 'bold'): FontSigns {
    const { _font: font } = this.doc.font(name) as unknown as {
      _font: { font: { hasGlyphForCodePoint(point: number): boolean } };
    };
    return { has: (sign) => font.font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0) };
  }
}

interface FontSigns {
  readonly has: (sign: string) => boolean;
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
