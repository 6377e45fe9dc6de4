import type { AppointmentType, Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import {
  isExecutionOffice,
  isProbation,
  isSentenceDepartment,
  permits,
  rightsTable,
  worksAtCourt,
  type Position,
} from '../shared/rights'

const table = rightsTable(`
action             CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
manage             A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
bookRestrictedType Y  Y  Y  Y  Y  Y  Y  –  –  Y  –  –  –  Y  –
`)
