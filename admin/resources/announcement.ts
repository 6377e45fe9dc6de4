import { markAnnouncementRead } from '../../resources/announcement/commands.server'
import { announcementsReceivedBy, mayMarkAsRead } from '../../resources/announcement/policy'
import { defineResource } from '../define/resource'

export const announcements = defineResource('Announcement', {
  visibleTo: announcementsReceivedBy,
  title: 'body',
  columns: ['body', 'createdAt'],
  words: {
    plural: 'Annonces',
    noun: ['annonce', 'annonces'],
    columns: { body: 'Annonce', createdAt: 'Parue le' },
  },
  actions: (act) => ({
    markRead: act.record('announcementId', {
      command: markAnnouncementRead,
      may: (actor) => mayMarkAsRead(actor, { agentId: actor.id }),
      words: { button: 'J’ai compris', done: () => 'Annonce rangée.' },
      immediate: true,
      elsewhere: true,
    }),
  }),
})
