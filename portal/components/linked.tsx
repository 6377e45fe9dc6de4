/** A text as a phone shows it: what looks like an address can be touched. */
export function Linked({ text }: { text: string }) {
  return text.split(/(https?:\/\/[^\s]*[^\s.,;:!?)])/).map((piece, i) =>
    i % 2 === 1 ? (
      <a href={piece} key={i}>
        {piece}
      </a>
    ) : (
      piece
    ),
  )
}
