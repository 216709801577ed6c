package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/** Creates the indexes that the engine's tables lack. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
@ConditionalOnEngine
class DatabaseIndexes extends AbstractProcessEnginePlugin {

  private final DataSource dataSource;

  DatabaseIndexes(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    JdbcTemplate database = new JdbcTemplate(dataSource);
    kind().indexSql().forEach(database::execute);
  }

  private DatabaseKind kind() {
    try {
      return DatabaseKind.of(
          JdbcUtils.extractDatabaseMetaData(
              dataSource, metaData -> metaData.getDatabaseProductName()));
    } catch (MetaDataAccessException e) {
      throw new IllegalStateException("Cannot query the database", e);
    }
  }
}
