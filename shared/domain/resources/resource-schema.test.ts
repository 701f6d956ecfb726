import { describe, expect, it, test } from 'vitest';
import { Resource, ResourceDetails, resourceLine } from './resource.ts';
import { sampleDetails, sampleResource } from './sample-resource.ts';

const name = '演示纺织有限公司';

describe('the details of a resource', () => {
  it.each<[string, (value: unknown) => object, readonly unknown[], readonly unknown[]]>([
    ['a name', (name) => ({ name }), ['楼', '楼'.repeat(120)], ['', ' ', '楼'.repeat(121)]],
    ['a present use', (presentUse) => ({ presentUse }), ['闲'.repeat(200)], ['', '闲'.repeat(201)]],
    ['the code of a county', (county) => ({ county }), ['150102'], ['15010', '1501021', 'N150102', '15010a']],
    // Its form is broken by history: a finding, never a refusal.
    [
      'a number of the unit, which may be left out',
      (unitNumber) => ({ unitNumber }),
      [undefined, '1', 'A'.repeat(40)],
      ['', 'A'.repeat(41), '150102gb', '-1', '1-'],
    ],
    [
      'the code of the holder, which may be left out',
      (code) => ({ holder: { name, code } }),
      [undefined, '9', '9'.repeat(18)],
      ['', '9'.repeat(19), 'te5tnma15j', '-9', '9-'],
    ],
    ['a plot', (landArea) => ({ landArea }), [undefined, 0.01, 100_000_000], [0, -1, 100_000_001]],
    [
      'a note, which may be left out',
      (note) => ({ note }),
      [undefined, '注'.repeat(1000)],
      ['', '注'.repeat(1001)],
    ],
    [
      'explanations',
      (text) => ({ explanations: { 'unit-number-form': text } }),
      ['旧', '旧'.repeat(500)],
      ['', ' ', '旧'.repeat(501)],
    ],
    [
      'the code of what is explained',
      (length) => ({ explanations: { ['u'.repeat(Number(length))]: '旧证' } }),
      [1, 60],
      [61],
    ],
  ])('take %s up to the limit, and nothing beyond', (_what, given, right, wrong) => {
    const takes = (value: unknown): boolean =>
      ResourceDetails().safeParse({ ...sampleDetails(), ...given(value) }).success;
    for (const value of right) expect(takes(value), String(value)).toBe(true);
    for (const value of wrong) expect(takes(value), String(value)).toBe(false);
  });

  it('are kept as they were given, without the spaces around', () => {
    const whole = sampleDetails({
      landArea: 8000,
      note: '待核实',
      explanations: { 'path-unusual': '存量厂房' },
    });
    const { unitNumber, holder } = whole;
    expect(ResourceDetails().parse(whole)).toEqual(whole);
    const spaced = {
      ...whole,
      unitNumber: ` ${unitNumber ?? ''} `,
      holder: { ...holder, code: ` ${holder.code ?? ''} ` },
      note: '　待核实 ',
      explanations: { 'path-unusual': ' 存量厂房 ' },
    };
    expect(ResourceDetails().parse(spaced)).toEqual(whole);
  });
});

test('a resource is held by a filing or a project, and by nothing else', () => {
  const takes = (heldBy: string) => Resource().safeParse(sampleResource({ state: 'held', heldBy })).success;
  expect([takes('submission:s-1'), takes('project:p-1')]).toEqual([true, true]);
  for (const wrong of ['s-1', 'submission:', 'certificate:c-1', 'a project:p-1', ''])
    expect(takes(wrong), wrong).toBe(false);
});

describe('the line of a resource', () => {
  const { id, city, state, updatedAt } = sampleResource();

  it('shows what the list needs, and nothing else of it', () => {
    const whole = sampleDetails({
      landArea: 8000,
      note: '待核实',
      explanations: { 'path-unusual': '存量厂房' },
    });
    const { note: _note, explanations: _said, holder, ...shown } = whole;
    const line = resourceLine(sampleResource({ details: whole, seq: 4, hash: 'h' }));
    expect(line).toStrictEqual({ ...shown, holder: holder.name, id, city, state, updatedAt });
  });

  it('leaves out what was not given', () => {
    const {
      unitNumber: _unit,
      floorArea: _floor,
      ...details
    } = sampleDetails({ kind: 'land', landArea: 8000 });
    const line = resourceLine(sampleResource({ details }));
    expect(line).toMatchObject({ kind: 'land', landArea: 8000, holder: name });
    expect(line).not.toHaveProperty('unitNumber');
    expect(line).not.toHaveProperty('floorArea');
    expect(resourceLine(sampleResource())).not.toHaveProperty('landArea');
  });
});
