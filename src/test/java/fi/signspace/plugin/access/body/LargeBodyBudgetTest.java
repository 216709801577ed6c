package fi.signspace.plugin.access.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class LargeBodyBudgetTest {

  private static final long MEGABYTE = 1024 * 1024;
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void a_body_that_fits_is_admitted_immediately() {
    LargeBodyBudget budget = new LargeBodyBudget(DataSize.ofMegabytes(10), 0, LONG);

    assertThat(budget.reserve(6 * MEGABYTE)).isTrue();
    assertThat(budget.reserve(4 * MEGABYTE)).isTrue();
    assertThat(budget.reserve(1)).isFalse();
  }

  @Test
  void released_memory_can_be_reserved_again() {
    LargeBodyBudget budget = new LargeBodyBudget(DataSize.ofMegabytes(10), 0, LONG);
    budget.reserve(6 * MEGABYTE + 1);

    budget.release(6 * MEGABYTE + 1);

    assertThat(budget.reserve(10 * MEGABYTE)).isTrue();
  }

  @Test
  void the_next_body_waits_for_memory() throws Exception {
    LargeBodyBudget budget = new LargeBodyBudget(DataSize.ofMegabytes(10), 1, LONG);
    budget.reserve(8 * MEGABYTE);

    CompletableFuture<Boolean> next =
        CompletableFuture.supplyAsync(() -> budget.reserve(8 * MEGABYTE));
    budget.release(8 * MEGABYTE);

    assertThat(next.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void the_wait_is_limited() {
    LargeBodyBudget budget =
        new LargeBodyBudget(DataSize.ofMegabytes(10), 1, Duration.ofMillis(10));
    budget.reserve(8 * MEGABYTE);

    assertThat(budget.reserve(8 * MEGABYTE)).isFalse();
  }

  @Test
  void a_body_that_never_fits_is_detected_beforehand() {
    LargeBodyBudget budget = new LargeBodyBudget(DataSize.ofMegabytes(10), 1, LONG);

    assertThat(budget.holds(10 * MEGABYTE)).isTrue();
    assertThat(budget.holds(10 * MEGABYTE + 1)).isFalse();
  }
}
