/** An event of a stream, or a comment. An event without a name only tells its position. */
export interface StreamEvent {
  readonly name: string
  readonly id: string | null
  readonly data: string
  readonly isComment: boolean
}

/** The server sent what it should not. */
export class FeedError extends Error {
  override readonly name = 'FeedError'
}

const maxBlock = 64 * 1024

/** Splits a stream of server-sent events into its events. It reads what the server of keys sends, whose lines end with a line feed alone. */
export class EventParser {
  #text = ''

  /**
   * @returns the events that are complete with this piece
   * @throws FeedError if an event does not end
   */
  parse(piece: string): StreamEvent[] {
    const blocks = `${this.#text}${piece}`.split('\n\n')
    this.#text = blocks.pop() ?? ''
    if (this.#text.length > maxBlock) throw new FeedError('an event does not end')
    return blocks.map(read)
  }
}

function read(block: string): StreamEvent {
  const lines = block.split('\n')
  const field = (name: string): string | null => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null
  return {
    name: field('event') ?? '',
    id: field('id'),
    data: field('data') ?? '',
    isComment: lines.every((line) => line.startsWith(':')),
  }
}
