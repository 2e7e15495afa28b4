declare const handedOut: unique symbol

/**
 * Proof that a queue is running the operation that has it. A function that is only right in an account's turn asks for one, and nothing but
 * a queue hands one out. It is good until the operation ends: keep it nowhere.
 */
export interface Turn {
  readonly [handedOut]: true
}

const turn = Object.freeze({}) as Turn

/**
 * Runs one operation after another, and keeps nothing of them: neither their results, which may be values of keys, nor their errors. A
 * promise that has settled holds its result for as long as it is reachable, so the queue must never hold the promise it hands out.
 */
export class SerialQueue {
  /** Settles, always without a value, when the last operation has ended. */
  #tail: Promise<void> = Promise.resolve()

  /** @returns what the operation returns, once all before it have ended; one that failed holds up none */
  runExclusive<T>(operation: (turn: Turn) => T | Promise<T>): Promise<T> {
    const result = this.#tail.then(() => operation(turn))
    this.#tail = result.then(nothing, nothing)
    return result
  }
}

/** A queue for each name: operations under different names run side by side. */
export class SerialQueues {
  readonly #queues = new Map<string, SerialQueue>()

  /** As `SerialQueue`, behind the operations of this name. An operation that queues another under its own name waits for ever. */
  runExclusive<T>(name: string, operation: (turn: Turn) => T | Promise<T>): Promise<T> {
    let queue = this.#queues.get(name)
    if (queue === undefined) this.#queues.set(name, (queue = new SerialQueue()))
    return queue.runExclusive(operation)
  }
}

function nothing(): void {}
