import { describe, expect, it } from 'vitest';
import { checkPattern, matches } from './pattern.ts';

const uploaded = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['one', 'two'],
  detail: {
    bucket: { name: 'quarantine' },
    object: { key: 'uploads/A.PDF', size: 12, 'version-id': null },
    tags: [],
    parts: [
      { number: 1, state: 'stored' },
      { number: 2, state: 'lost' },
    ],
  },
};

describe('an event pattern', () => {
  it.each<[string, unknown, boolean]>([
    ['a value', { source: ['aws.s3'] }, true],
    ['one of several values', { source: ['aws.ec2', 'aws.s3'] }, true],
    ['another value', { source: ['aws.ec2'] }, false],
    [
      'nested fields, all of them',
      { source: ['aws.s3'], detail: { bucket: { name: ['quarantine'] } } },
      true,
    ],
    [
      'nested fields, one of them another',
      { source: ['aws.s3'], detail: { bucket: { name: ['clean'] } } },
      false,
    ],
    ['a field that is not there', { detail: { owner: { name: ['x'] } } }, false],
    ['a field every object inherits', { detail: { toString: [{ exists: true }] } }, false],
    ['a number', { detail: { object: { size: [12] } } }, true],
    ['a number written as text', { detail: { object: { size: ['12'] } } }, false],
    ['null', { detail: { object: { 'version-id': [null] } } }, true],
    ['null where nothing is', { detail: { object: { 'e-tag': [null] } } }, false],
    ['a list with the value', { resources: ['two'] }, true],
    ['a list without the value', { resources: ['three'] }, false],
    ['one object of a list', { detail: { parts: { number: [2], state: ['lost'] } } }, true],
    ['two objects of a list, half each', { detail: { parts: { number: [1], state: ['lost'] } } }, false],
    ['a prefix', { detail: { object: { key: [{ prefix: 'uploads/' }] } } }, true],
    ['another prefix', { detail: { object: { key: [{ prefix: 'roots/' }] } } }, false],
    ['a prefix of a number', { detail: { object: { size: [{ prefix: '1' }] } } }, false],
    ['a suffix', { detail: { object: { key: [{ suffix: '.PDF' }] } } }, true],
    ['a suffix in another case', { detail: { object: { key: [{ suffix: '.pdf' }] } } }, false],
    ['any case', { detail: { object: { key: [{ 'equals-ignore-case': 'UPLOADS/a.pdf' }] } } }, true],
    ['any case of another text', { detail: { object: { key: [{ 'equals-ignore-case': 'a' }] } } }, false],
    ['exists', { detail: { object: { key: [{ exists: true }] } } }, true],
    ['exists, null', { detail: { object: { 'version-id': [{ exists: true }] } } }, true],
    ['exists, and does not', { detail: { object: { owner: [{ exists: true }] } } }, false],
    ['exists, but holds further fields', { detail: { bucket: [{ exists: true }] } }, false],
    ['does not exist', { detail: { object: { owner: [{ exists: false }] } } }, true],
    ['does not exist, nor what holds it', { detail: { owner: { name: [{ exists: false }] } } }, true],
    ['does not exist: an empty list', { detail: { tags: [{ exists: false }] } }, true],
    ['does not exist, but does', { detail: { object: { key: [{ exists: false }] } } }, false],
    ['anything but a value', { source: [{ 'anything-but': 'aws.ec2' }] }, true],
    ['anything but this value', { source: [{ 'anything-but': 'aws.s3' }] }, false],
    ['anything but a list', { source: [{ 'anything-but': ['aws.ec2', 'aws.ecs'] }] }, true],
    ['anything but a list with it', { source: [{ 'anything-but': ['aws.ec2', 'aws.s3'] }] }, false],
    ['anything but, where nothing is', { detail: { owner: [{ 'anything-but': 'x' }] } }, false],
    ['anything but, in a list with another', { resources: [{ 'anything-but': 'one' }] }, true],
    ['one condition of several', { source: [{ prefix: 'x' }, { suffix: '.s3' }] }, true],
  ])('matches by %s', (_, pattern, expected) => {
    expect(() => {
      checkPattern(pattern, 'rule');
    }).not.toThrow();
    expect(matches(pattern, uploaded)).toBe(expected);
  });

  it.each<[string, unknown]>([
    ['detail.size: the pattern condition numeric', { detail: { size: [{ numeric: ['>', 1] }] } }],
    ['key: the pattern condition wildcard', { key: [{ wildcard: '*.pdf' }] }],
    ['ip: the pattern condition cidr', { ip: [{ cidr: '10.0.0.0/8' }] }],
    ['key: the pattern condition anything-but', { key: [{ 'anything-but': { prefix: 'a' } }] }],
    ['key: the pattern condition anything-but', { key: [{ 'anything-but': [] }] }],
    ['key: the pattern condition prefix', { key: [{ prefix: { 'equals-ignore-case': 'a' } }] }],
    ['key: the pattern condition exists', { key: [{ exists: 'yes' }] }],
    ['key: one condition at a time', { key: [{ prefix: 'a', suffix: 'b' }] }],
    ['key: one condition at a time', { key: [{}] }],
    ['rule: $or', { $or: [{ key: ['a'] }, { key: ['b'] }] }],
    ['source: a value stands in a list', { source: 'aws.s3' }],
    ['source: an empty list', { source: [] }],
    ['rule: a value stands in a list', null],
  ])('is refused before it is used: %s', (sentence, pattern) => {
    expect(() => {
      checkPattern(pattern, 'rule');
    }).toThrow(sentence);
  });
});
