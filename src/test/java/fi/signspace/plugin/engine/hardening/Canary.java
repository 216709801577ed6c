package fi.signspace.plugin.engine.hardening;

import java.util.concurrent.atomic.AtomicInteger;

/** Detects the execution of injected code. */
public final class Canary {

  private static final AtomicInteger SONGS = new AtomicInteger();

  public Canary() {
    SONGS.incrementAndGet();
  }

  public static int songs() {
    return SONGS.get();
  }

  public static void forget() {
    SONGS.set(0);
  }
}
