import { seedDemo } from '../../prisma/seed/demo'
import { pool, prisma, readers } from '../../resources/shared/db.server'

// A process of its own: this one's modules keep the database they were loaded for.
await seedDemo()
await prisma.$disconnect()
await Promise.all([pool.end(), readers.end()])
