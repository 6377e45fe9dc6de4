/** No list counts further: nobody reads "3 412", everybody understands "plus de 1 000". */
export const countedUpTo = 1_000
