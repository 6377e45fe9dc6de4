import { useSelector } from 'react-redux'

/** The address of the people who help, as the server is told it. */
const useSupportEmail = (): string =>
  useSelector((state: { session: { supportEmail: string } }) => state.session.supportEmail)

/** A link that writes to the support: every page has one, and every failure. */
export function SupportLink({ children }: { children?: string }) {
  const email = useSupportEmail()
  return <a href={`mailto:${email}`}>{children ?? email}</a>
}
