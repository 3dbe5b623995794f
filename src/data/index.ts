export * from './database-ref';
export * from './document-store-ref';
