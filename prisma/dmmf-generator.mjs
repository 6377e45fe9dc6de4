// In "client" engine mode the run-time data model lacks ids, required flags, relations and enums,
// and AdminJS reads them all. `prisma generate` writes the whole model beside the client.
import { writeFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import helper from '@prisma/generator-helper'

const output = join(import.meta.dirname, '..', 'generated', 'dmmf.json')

helper.generatorHandler({
  onManifest: () => ({ prettyName: 'data model for AdminJS', defaultOutput: output }),
  onGenerate: async ({ dmmf }) => {
    mkdirSync(dirname(output), { recursive: true })
    writeFileSync(output, JSON.stringify(dmmf.datamodel))
  },
})
