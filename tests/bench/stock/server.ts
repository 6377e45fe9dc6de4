import AdminJS from 'adminjs'
import AdminJSExpress from '@adminjs/express'
import { Database, Resource } from '@adminjs/prisma'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@prisma/client'
import express from 'express'
import dataModel from '../../../generated/dmmf.json'

/**
 * AdminJS as it comes: its Prisma adapter on the tables, no scope, no session, no text of ours. What the
 * bench compares the back office with, on the same database and the same machine.
 */
process.env.ADMIN_JS_SKIP_BUNDLE = 'true'

const client = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL ?? '', max: 10 }),
})
AdminJS.registerAdapter({ Database, Resource })
const admin = new AdminJS({
  rootPath: '/admin',
  resources: dataModel.models
    .filter(({ name }) => name !== 'AppointmentScope')
    .map((model) => ({
      resource: { model, client, clientModule: { Prisma: { dmmf: { datamodel: dataModel } } } },
      options: { id: model.name },
    })),
})
// Its bundle is not what is measured.
admin.initialize = () => Promise.resolve()

const app = express()
app.get('/readyz', (_req, res) => void res.json({ status: 'ready' }))
app.use('/admin', AdminJSExpress.buildRouter(admin))
app.listen(Number(process.env.PORT))
