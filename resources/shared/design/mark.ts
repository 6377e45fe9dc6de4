/** The product's own sign, on 24 by 24: a clock face whose appointment is kept. */
export const mark = 'M12 21a9 9 0 1 1 9-9M12 7v5l3 2M16 19l2 2 4-4'
