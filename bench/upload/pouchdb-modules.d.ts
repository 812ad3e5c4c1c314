// As much of PouchDB 9's and express-pouchdb's shape as the bench uses; the packages bring no types.

declare module 'pouchdb-core' {
  export interface ReplicationResult {
    ok: boolean
    docs_written: number
    errors: unknown[]
  }
  export interface PouchDatabase {
    bulkDocs(docs: readonly object[]): Promise<readonly object[]>
    info(): Promise<{ doc_count: number }>
    close(): Promise<void>
    replicate: { to(target: PouchDatabase, options: { batch_size: number }): Promise<ReplicationResult> }
  }
  export interface PouchConstructor {
    new (name: string, options?: { adapter?: 'leveldb' | 'http' }): PouchDatabase
    plugin(plugin: unknown): PouchConstructor
    defaults(options: { adapter: 'leveldb'; prefix: string }): PouchConstructor
  }
  const PouchDB: PouchConstructor
  export default PouchDB
}
declare module 'pouchdb-adapter-leveldb' {
  const plugin: unknown
  export default plugin
}
declare module 'pouchdb-adapter-http' {
  const plugin: unknown
  export default plugin
}
declare module 'pouchdb-replication' {
  const plugin: unknown
  export default plugin
}
declare module 'express-pouchdb' {
  import type { RequestListener } from 'node:http'
  import type { PouchConstructor } from 'pouchdb-core'
  export default function expressPouchdb(pouchdb: PouchConstructor, options: { mode: 'minimumForPouchDB' }): RequestListener
}
