declare const handedOut: unique symbol

/**
 * Proof that a queue is running the operation that received it. A function that is only correct inside an account's queue takes one as a
 * parameter, and only a queue hands one out. It is valid until the operation ends, so it must not be stored.
 */
export interface Turn {
  readonly [handedOut]: true
}

const turn = Object.freeze({}) as Turn

/**
 * Runs one operation after another, and retains neither their results, which may be values of keys, nor their errors. A settled promise
 * retains its result as long as it is reachable, so the queue must not hold the promise that it returns.
 */
export class SerialQueue {
  /** Settles without a value when the last operation has ended. */
  #tail: Promise<void> = Promise.resolve()

  /** @returns what the operation returns, after all earlier ones have ended; an operation that failed does not stop later ones */
  runExclusive<T>(operation: (turn: Turn) => T | Promise<T>): Promise<T> {
    const result = this.#tail.then(() => operation(turn))
    this.#tail = result.then(nothing, nothing)
    return result
  }
}

/** One queue for each name: operations under different names run concurrently. */
export class SerialQueues {
  readonly #queues = new Map<string, SerialQueue>()

  /** Like `SerialQueue`, for the operations under this name. An operation that awaits another one under its own name never ends. */
  runExclusive<T>(name: string, operation: (turn: Turn) => T | Promise<T>): Promise<T> {
    let queue = this.#queues.get(name)
    if (queue === undefined) this.#queues.set(name, (queue = new SerialQueue()))
    return queue.runExclusive(operation)
  }
}

function nothing(): void {}
