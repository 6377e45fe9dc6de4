import { mayAnswerSiteRequests, pageVotesVisibleTo } from '../../resources/site-request/policy'
import { defineResource } from '../define/resource'

export const pageVotes = defineResource('PageVote', {
  visibleTo: pageVotesVisibleTo,
  mayOpen: mayAnswerSiteRequests,
  navigation: { section: 'service', icon: 'chart' },
  title: 'page',
  columns: ['page', 'day', 'helped', 'notHelped'],
  words: {
    plural: 'Avis sur les pages',
    noun: ['avis du jour', 'avis du jour'],
    columns: { page: 'Page', day: 'Jour', helped: 'A aidé', notHelped: 'N’a pas aidé' },
  },
})
