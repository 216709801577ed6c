package fi.signspace.plugin.encryption;

import java.util.List;

/** Seals for tests. */
public final class TestSeals {

  public static final StateSeal SEAL = with("secret of the tests");
  public static final ListSeal LISTS = new ListSeal(keys("secret of the tests"));

  private TestSeals() {}

  /** The first secret seals; all of them open. */
  public static StateSeal with(String... secrets) {
    return new StateSeal(keys(secrets));
  }

  public static SealKeys keys(String... secrets) {
    return new SealKeys(List.of(secrets));
  }
}
