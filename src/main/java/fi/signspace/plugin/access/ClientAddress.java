package fi.signspace.plugin.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a client: an IP address in canonical form, without a port.
 *
 * @param text IPv4, or IPv6 as Java spells it; for a peer without an IP address, its name
 * @param network the range that a single client can hardly leave: the address for IPv4, the /64 for
 *     IPv6
 */
public record ClientAddress(String text, String network) {

  private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?");
  private static final Pattern IPV6 =
      Pattern.compile(
          "\\[([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)](?::\\d{1,5})?|([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)");
  private static final int NETWORK_BYTES = 8;

  /** Returns the peer of a request, or the client that a trusted proxy names. */
  public static ClientAddress of(HttpServletRequest request) {
    return of(String.valueOf(request.getRemoteAddr()));
  }

  public static ClientAddress of(String address) {
    return parse(address).orElseGet(() -> new ClientAddress(address, address));
  }

  /** Parses an address with or without a port. Never resolves a host name. */
  static Optional<ClientAddress> parse(String text) {
    String stripped = text.strip();
    Matcher four = IPV4.matcher(stripped);
    if (four.matches()) {
      return resolve(four.group(1));
    }
    Matcher six = IPV6.matcher(stripped);
    if (!six.matches()) {
      return Optional.empty();
    }
    // in brackets, Java accepts only a literal address
    return resolve("[" + (six.group(1) == null ? six.group(2) : six.group(1)) + "]");
  }

  private static Optional<ClientAddress> resolve(String literal) {
    try {
      InetAddress address = InetAddress.getByName(literal);
      String text = address.getHostAddress();
      return Optional.of(
          new ClientAddress(
              text, address instanceof Inet6Address ? networkOf(address.getAddress()) : text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static String networkOf(byte[] address) {
    return HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(address, NETWORK_BYTES)) + "/64";
  }

  @Override
  public String toString() {
    return text;
  }
}
