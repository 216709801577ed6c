package fi.signspace.plugin.access;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The users and groups that may log in ({@code signspace.users.*}, {@code signspace.groups.*}).
 *
 * @param users users by id
 * @param groups groups by id: new groups, or additional grants for existing ones
 */
@ConfigurationProperties("signspace")
public record AccessProperties(
    @DefaultValue Map<String, User> users, @DefaultValue Map<String, Group> groups) {

  /**
   * @param password null for a user who is created elsewhere and only gets groups here
   * @param groups the ids of the groups that the user belongs to
   * @param firstName shown by the web apps; defaults to the id
   * @param lastName shown by the web apps; empty by default
   */
  public record User(
      @Nullable String password,
      @DefaultValue List<String> groups,
      @Nullable String firstName,
      @Nullable String lastName) {

    /** Excludes the password. */
    @Override
    public String toString() {
      return "User[groups=%s]".formatted(groups);
    }
  }

  /**
   * @param name the display name; defaults to the id
   * @param grants what members may do
   */
  public record Group(@Nullable String name, @DefaultValue List<Grant> grants) {}

  /**
   * A grant in terms of the engine's authorization service.
   *
   * @param resource e.g. {@code PROCESS_DEFINITION}
   * @param id the resource's id; {@code *} for all
   * @param permissions e.g. {@code READ}, {@code CREATE_INSTANCE}; {@code ALL} for all
   */
  public record Grant(
      String resource, @DefaultValue("*") String id, @DefaultValue List<String> permissions) {}
}
