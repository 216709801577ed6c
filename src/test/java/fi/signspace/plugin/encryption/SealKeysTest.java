package fi.signspace.plugin.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SealKeysTest {

  private static final String PURPOSE = "a purpose";

  @Test
  void derived_secrets_are_still_known_after_a_rotation() {
    byte[] before = new SealKeys(List.of("old")).secretFor(PURPOSE);

    SealKeys rotated = new SealKeys(List.of("new", "old"));

    assertThat(rotated.formerSecretsFor(PURPOSE)).containsExactly(before);
    assertThat(rotated.secretFor(PURPOSE)).isNotEqualTo(before);
  }

  @Test
  void without_former_secrets_there_are_none() {
    assertThat(new SealKeys(List.of()).formerSecretsFor(PURPOSE)).isEmpty();
    assertThat(new SealKeys(List.of("only")).formerSecretsFor(PURPOSE)).isEmpty();
  }
}
