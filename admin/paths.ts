/** Addresses of the back office and of the agents' doors, for links drawn here. */
export const paths = {
  home: '/admin',
  registerAndBook: '/admin/pages/enregistrer-et-convoquer',
  book: (probationerId: number) => `/admin/pages/enregistrer-et-convoquer?personne=${probationerId}`,
  probationers: '/admin/resources/Probationer',
  probationer: (id: number) => `/admin/resources/Probationer/records/${id}/show`,
  appointments: '/admin/resources/Appointment',
  appointment: (id: number) => `/admin/resources/Appointment/records/${id}/show`,
  summons: (id: number) => `/admin/pages/convocation-a-imprimer?numero=${id}`,
  agents: '/admin/resources/Agent',
  agent: (id: number) => `/admin/resources/Agent/records/${id}/show`,
  inviteAgent: '/admin/pages/inviter-un-agent',
  resource: (name: string) => `/admin/resources/${name}`,
  record: (name: string, id: number) => `/admin/resources/${name}/records/${id}/show`,
  signIn: (returnTo: string) => `/agents/connexion?retour=${encodeURIComponent(returnTo)}`,
  signOut: '/agents/deconnexion',
  charter: (returnTo: string) => `/agents/charte?retour=${encodeURIComponent(returnTo)}`,
}
