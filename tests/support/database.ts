import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

// Runs before each test file, before any module of ours is loaded: a copy of the migrated database,
// so that no file waits for another or sees its rows.
const serverUrl = inject('serverUrl')
const name = `test_${randomBytes(6).toString('hex')}`
const client = new pg.Client({ connectionString: serverUrl })
await client.connect()
await client.query(`CREATE DATABASE ${name} TEMPLATE template_house`)
await client.end()
process.env.DATABASE_URL = serverUrl.replace(/\/postgres$/, `/${name}`)
