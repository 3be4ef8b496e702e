import { useEffect, useState } from "preact/hooks";
import { ask } from "./data";

/** What a page of the emulated AWS says. */
export interface Polled<T> {
  readonly data?: T;
  /** Why there is no newer one. */
  readonly failure?: string;
}

/**
 * Asks a page now and every so often, as long as the window is seen. What was there stays while nothing newer is.
 *
 * @param page - undefined: asks nothing
 */
export function usePolled<T>(page: string | undefined, milliseconds = 2000): Polled<T> {
  const [answer, setAnswer] = useState<Polled<T> & { readonly page?: string }>({});
  useEffect(() => {
    if (page === undefined) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async () => {
      if (!document.hidden) {
        try {
          const data = await ask<T>(page);
          if (!over) setAnswer({ page, data });
        } catch (error) {
          const failure = error instanceof Error ? error.message : String(error);
          if (!over) setAnswer((before) => (before.page === page ? { ...before, failure } : { page, failure }));
        }
      }
      if (!over) timer = setTimeout(() => void turn(), milliseconds);
    };
    const seen = () => {
      if (document.hidden || timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      void turn();
    };
    void turn();
    document.addEventListener("visibilitychange", seen);
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [page, milliseconds]);
  return answer.page === page ? answer : {};
}
