package fi.signspace.plugin.access;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may log in, and as what ({@code signspace.users.*}, {@code signspace.groups.*}).
 *
 * @param users by id
 * @param groups by id: groups of one's own, or more rights for those that exist
 */
@ConfigurationProperties("signspace")
public record AccessProperties(
    @DefaultValue Map<String, User> users, @DefaultValue Map<String, Group> groups) {

  /**
   * @param password null for a user whom somebody else creates, and who only gets groups here
   * @param groups the ids of the groups that the user belongs to
   * @param firstName for the web apps to show; the id unless a name is given
   * @param lastName likewise; nothing unless given
   */
  public record User(
      @Nullable String password,
      @DefaultValue List<String> groups,
      @Nullable String firstName,
      @Nullable String lastName) {

    /** Everything but the password. */
    @Override
    public String toString() {
      return "User[groups=%s]".formatted(groups);
    }
  }

  /**
   * @param name for people to read; the id unless given
   * @param grants what members may do
   */
  public record Group(@Nullable String name, @DefaultValue List<Grant> grants) {}

  /**
   * A grant of the engine's authorization service, in its own words.
   *
   * @param resource e.g. {@code PROCESS_DEFINITION}
   * @param id of the resource, {@code *} for every
   * @param permissions e.g. {@code READ}, {@code CREATE_INSTANCE}; {@code ALL} for every
   */
  public record Grant(
      String resource, @DefaultValue("*") String id, @DefaultValue List<String> permissions) {}
}
