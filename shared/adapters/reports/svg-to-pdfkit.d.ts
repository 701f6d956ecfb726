/** The package has no types of its own. */
declare module 'svg-to-pdfkit' {
  export default function svgToPdf(
    document: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: {
      readonly width: number;
      readonly height: number;
      readonly fontCallback: (family: string, bold: boolean, italic: boolean) => string;
      readonly assumePt: boolean;
    },
  ): void;
}
