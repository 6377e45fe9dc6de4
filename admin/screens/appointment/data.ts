import type { RecordData } from '../../client/action'

export type AppointmentData = RecordData<'Appointment'>
