/**
 * The version of the stored schemas, which every item carries as `v`. Raise it together with a migration; a test hashes
 * each schema and fails when one changes without it.
 */
export const schemaVersion = 1;
