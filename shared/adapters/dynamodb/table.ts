/**
 * The one table, as both the template and the adapters need to know it. Its keys are spelled in `keys.ts`; here only the
 * schema. Audit entries and receipts carry no index attribute, so they cost no index write.
 */
export const tableSchema = {
  partitionKey: 'PK',
  sortKey: 'SK',
  /** Epoch seconds; receipts and expired desks go by themselves. */
  timeToLive: 'ttl',
  indexes: {
    /**
     * A city's submissions and duties by kind and period (`OWNER#<office>` / `<kind>#<period>#<id>`), its resources by county
     * (`RESOURCES#<city>` / `<county>#<id>`), an owner's projects (`PROJECTS-OF#<credit code>` / `<id>`).
     */
    byOwner: { name: 'by-owner', partitionKey: 'ownerPk', sortKey: 'ownerSk', include: ['listed'] },
    /** What is open and falls due: duties, deliveries, uploads, stages of projects (`OPEN#<what>` / `<instant>#<record>`). */
    fallsDue: { name: 'falls-due', partitionKey: 'duePk', sortKey: 'dueSk', include: ['dueTask'] },
  },
} as const;
