package fi.signspace.plugin.engine.hardening;

import java.util.concurrent.atomic.AtomicInteger;

/** Sings when somebody manages to run code. */
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
