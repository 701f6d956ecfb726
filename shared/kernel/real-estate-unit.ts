/**
 * The number of a real-estate unit (不动产单元号, GB/T 37346): 28 signs without a check digit. Its parts are known here from
 * memory only, so what does not fit is something to explain, never a refusal.
 */
export interface RealEstateUnit {
  /** 行政区划: six digits, the county. */
  readonly county: string;
  /** 地籍区、地籍子区. */
  readonly zone: string;
  readonly subZone: string;
  /** 宗地（海）特征码: two letters, the ownership and the kind of the parcel. */
  readonly parcelKind: string;
  readonly parcel: string;
  /** 定着物特征码: `F` a building, `W` nothing stands on it. */
  readonly fixture: string;
  readonly fixtureUnit: string;
}

const form =
  /^(?<county>\d{6})(?<zone>\d{3})(?<subZone>\d{3})(?<parcelKind>[A-Z]{2})(?<parcel>\d{5})(?<fixture>[A-Z])(?<fixtureUnit>\d{8})$/;

/** The parts of a number in capitals and without spaces; undefined when it has another form. */
export function realEstateUnitOf(number: string): RealEstateUnit | undefined {
  const parts = form.exec(number)?.groups;
  return parts && (parts as unknown as RealEstateUnit);
}
