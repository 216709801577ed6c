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

/** Which database it is, and how durable its commits are. */
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
    info.withDetail("database", facts());
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    try {
      database.execute(
          (ConnectionCallback<Boolean>)
              connection -> {
                var about = connection.getMetaData();
                facts.put("product", about.getDatabaseProductName());
                facts.put("version", about.getDatabaseProductVersion());
                // what follows may contain a password
                facts.put("url", about.getURL().replaceFirst("[?;].*", ""));
                return true;
              });
      DatabaseKind kind = DatabaseKind.of(String.valueOf(facts.get("product")));
      facts.put("durability", database.queryForObject(kind.durabilitySql(), String.class));
    } catch (DataAccessException e) {
      LOG.debug("The database cannot be asked", e);
      facts.put("problem", "cannot be reached");
    }
    return facts;
  }
}
