/** Addresses of the back office and of the agents' doors, for links drawn here. */
const record = (resource: string, id: number | string, action: string) =>
  `/admin/resources/${resource}/records/${id}/${action}`
const resource = (name: string) => `/admin/resources/${name}`

export const paths = {
  home: '/admin',
  resource,
  record: (name: string, id: number | string) => record(name, id, 'show'),
  /** The page of an action: on the resource, on one record, on several. */
  resourceAction: (name: string, action: string) => `${resource(name)}/actions/${action}`,
  recordAction: record,
  bulkAction: (name: string, ids: readonly (number | string)[], action: string) =>
    `${resource(name)}/bulk/${action}?recordIds=${ids.join(',')}`,
  registerAndConvoke: '/admin/resources/Probationer/actions/registerAndConvoke',
  probationers: resource('Probationer'),
  probationer: (id: number) => record('Probationer', id, 'show'),
  convoke: (probationerId: number) => record('Probationer', probationerId, 'convoke'),
  /** Again, as an appointment that was missed or excused. */
  reconvene: (probationerId: number, appointmentId: number) =>
    `${record('Probationer', probationerId, 'convoke')}?reconvenesId=${appointmentId}`,
  mergeRecords: (keptId: number, otherId: number) =>
    `${record('Probationer', keptId, 'merge')}?otherId=${otherId}`,
  editProbationer: (id: number) => record('Probationer', id, 'edit'),
  appointments: resource('Appointment'),
  appointment: (id: number) => record('Appointment', id, 'show'),
  summons: (id: number) => record('Appointment', id, 'print'),
  summonsFile: (ids: readonly number[]) => `/admin/api/files/convocations.pdf?ids=${ids.join(',')}`,
  unreached: (scope: string) => `${resource('Appointment')}/actions/unreached?scope=${scope}`,
  daySheet: (asked = '') => `${resource('Appointment')}/actions/daySheet${asked && `?${asked}`}`,
  /** The editor of a text, of one service or of all. */
  textOfSms: ({ service, type, kind }: { service: number | null; type?: string; kind?: string }) => {
    const asked = new URLSearchParams({
      ...(service !== null && { service: String(service) }),
      ...(type && { type }),
      ...(kind && { kind }),
    })
    return `${resource('MessageTemplate')}/actions/texts?${asked.toString()}`
  },
  agents: resource('Agent'),
  agent: (id: number) => record('Agent', id, 'show'),
  ownProfile: '/admin/resources/Agent/actions/profile',
  switchOrganization: '/admin/resources/Agent/actions/switchOrganization',
  changePassword: '/admin/resources/Agent/actions/changePassword',
  signIn: (returnTo: string) => `/agents/connexion?retour=${encodeURIComponent(returnTo)}`,
  signOut: '/agents/deconnexion',
  charter: (returnTo: string) => `/agents/charte?retour=${encodeURIComponent(returnTo)}`,
}
