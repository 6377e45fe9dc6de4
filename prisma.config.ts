import { PrismaPg } from '@prisma/adapter-pg'
import { defineConfig } from 'prisma/config'

// Without it Prisma takes the engine for "library" and tries to download one.
process.env.DATABASE_URL ??= 'postgresql://localhost:5432/postgres'

/** For `prisma generate` and `prisma migrate diff`. Migrations are applied by prisma/migrate.ts. */
export default defineConfig({
  schema: 'prisma/schema',
  experimental: { adapter: true },
  engine: 'js',
  adapter: () => Promise.resolve(new PrismaPg({ connectionString: process.env.DATABASE_URL })),
})
