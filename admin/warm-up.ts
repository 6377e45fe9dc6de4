// The slowest thing to read at start. server.ts asks for it while the database starts: nothing here
// needs one.
import 'adminjs'
import '@adminjs/express'
