import { copyOf } from './copy'

// Runs before each test file, before any module of ours is loaded: a copy of the migrated database,
// so that no file waits for another or sees its rows.
await copyOf('template_house')
