/** An item at rest, as an object and as JSON: each is made from the other once, when first asked for. */
import type { Item } from './attribute-values.ts';
import { itemSize } from './item-size.ts';

export class Image {
  private parsed: Item | undefined;
  private text: string | undefined;
  private bytes: number | undefined;

  private constructor(parsed: Item | undefined, text: string | undefined, bytes: number | undefined) {
    this.parsed = parsed;
    this.text = text;
    this.bytes = bytes;
  }

  static of(item: Item): Image {
    return new Image(item, undefined, undefined);
  }

  static stored(json: string, size?: number): Image {
    return new Image(undefined, json, size);
  }

  /** Never to be changed: the engine and its answers share it. */
  get item(): Item {
    return (this.parsed ??= JSON.parse(this.text as string) as Item);
  }

  get json(): string {
    return (this.text ??= JSON.stringify(this.parsed));
  }

  /** Bytes, as the service counts them. */
  get size(): number {
    return (this.bytes ??= itemSize(this.item));
  }
}
