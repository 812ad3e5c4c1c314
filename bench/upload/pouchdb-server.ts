// PouchDB Server's routes (express-pouchdb, the part that PouchDB needs) over LevelDB on disk, in a process of their own.

import { createServer } from 'node:http'
import expressPouchdb from 'express-pouchdb'
import leveldb from 'pouchdb-adapter-leveldb'
import PouchDB from 'pouchdb-core'

const prefix = process.env['POUCHDB_FOLDER']
if (prefix === undefined) throw new Error('POUCHDB_FOLDER says where the databases are')
const Local = PouchDB.plugin(leveldb).defaults({ adapter: 'leveldb', prefix: `${prefix}/` })
const server = createServer(expressPouchdb(Local, { mode: 'minimumForPouchDB' }))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address !== 'string') process.send?.({ type: 'ready', url: `http://127.0.0.1:${address.port}` })
})
process.on('disconnect', () => process.exit(0))
