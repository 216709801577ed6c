package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reports the database product and the durability of its commits. */
@Component
@ConditionalOnEngine
class DatabaseInfo implements InfoContributor {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseInfo.class);

  private final JdbcTemplate database;

  DatabaseInfo(JdbcTemplate database) {
    this.database = database;
  }

  @Override
  public void contribute(Info.Builder info) {
    info.withDetail("database", details());
  }

  private Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    try {
      database.execute(
          (ConnectionCallback<Boolean>)
              connection -> {
                var about = connection.getMetaData();
                details.put("product", about.getDatabaseProductName());
                details.put("version", about.getDatabaseProductVersion());
                // the rest may contain a password
                details.put("url", about.getURL().replaceFirst("[?;].*", ""));
                return true;
              });
      DatabaseKind kind = DatabaseKind.of(String.valueOf(details.get("product")));
      details.put("durability", database.queryForObject(kind.durabilitySql(), String.class));
    } catch (DataAccessException e) {
      LOG.debug("Cannot query the database", e);
      details.put("problem", "cannot be reached");
    }
    return details;
  }
}
